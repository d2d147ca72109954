import { h, render } from 'preact';
import { ImageField } from '../../../client/newsroom/media/image-field.tsx';
import { useImages } from '../../../client/newsroom/media/use-images.ts';

/** A form that has nothing but images, and shows what it would send. */
function Form() {
  const images = useImages('gaza');
  const { references, isComplete } = images;
  return h('form', { class: 'stack' }, [
    h('h1', {}, 'An update'),
    h(ImageField, { images }),
    h('output', { 'data-complete': String(isComplete) }, JSON.stringify(references)),
  ]);
}

const root = document.querySelector('#main') ?? document.body;
root.replaceChildren();
render(h(Form, {}), root);

import type supertest from 'supertest';
import type { Image } from '../../shared/update.ts';
import { api, type Site } from '../http/support.ts';
import { development } from '../support/spine.ts';

/** Uploads a file to `gaza` unless told otherwise, as the operator unless told otherwise. */
export const upload = (site: Site, bytes: Buffer, slug = 'gaza', as = site.admin): supertest.Test =>
  site.request
    .post(`${api}/${slug}/images`)
    .set(as)
    .attach('file', bytes, { filename: 'photo.jpg', contentType: 'image/jpeg' });

/** Publishes an update of `gaza` that shows these images. */
export const publishWith = (site: Site, images: readonly Pick<Image, 'id'>[], more: object = {}): supertest.Test =>
  site.request
    .post(`${api}/gaza/updates`)
    .set(site.admin)
    .send({ ...development(), images: images.map(({ id }) => ({ id, alt: 'What it shows' })), ...more });

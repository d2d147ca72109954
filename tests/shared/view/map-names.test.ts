import { expect, test } from '@jest/globals';
import { placeNames } from '../../../shared/view/map-names.ts';

const width = 640;

test('PLACE5 a name stands on the side with more room, else on the other, else it is left to the list', () => {
  expect(
    placeNames(
      ['West', 'East'],
      [
        { x: 100, y: 100 },
        { x: 500, y: 300 },
      ],
      width,
    ),
  ).toEqual([
    { side: 'right', onPhones: true },
    { side: 'left', onPhones: true },
  ]);
  // The marker of another place is where the first would stand; no letters fit between two that are close.
  const close = [
    { x: 500, y: 100 },
    { x: 460, y: 104 },
    { x: 540, y: 96 },
  ];
  expect(placeNames(['Pokrovsk', 'Here', 'There'], close, width)).toEqual([
    null,
    { side: 'left', onPhones: true },
    { side: 'right', onPhones: true },
  ]);
});

test('PLACE5 names that have room on a desk and none on a phone are shown there alone', () => {
  const lines = [
    { x: 100, y: 100 },
    { x: 100, y: 122 },
  ];
  expect(placeNames(['First', 'Second'], lines, width).map((place) => place?.onPhones)).toEqual([true, false]);
});

test('PLACE5 no name leaves the picture', () => {
  const long = 'A place with a name that is longer than half of the picture is wide';
  expect(placeNames([long], [{ x: 320, y: 100 }], width)).toEqual([null]);
});

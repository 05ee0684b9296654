import * as fc from 'fast-check';
import { cameraPadding } from '#client/app/camera-padding.ts';
import type { Card, Side } from '#client/app/camera-padding.ts';
import { nearestStop, nextStop, stopHeights } from '#client/app/drawer-stops.ts';

const desktop = { width: 1440, height: 900 };
const panel: Card = {
  rect: { top: 16, right: 392, bottom: 884, left: 16 },
  sides: ['left'],
};
const controls: Card = {
  rect: { top: 16, right: 1424, bottom: 60, left: 1000 },
  sides: ['top', 'right'],
};
const legend: Card = {
  rect: { top: 480, right: 1424, bottom: 884, left: 1172 },
  sides: ['right', 'bottom'],
};

describe('the room that cards leave to the map', () => {
  it('is the whole window without cards', () => {
    expect(cameraPadding(desktop, [])).toEqual({ top: 0, right: 0, bottom: 0, left: 0 });
  });

  it('counts the legend too, so that it never hides the east of the province', () => {
    // Panel 392 from the left, controls 60 from the top, legend 1440 − 1172 = 268 from the right.
    expect(cameraPadding(desktop, [panel, controls, legend])).toEqual({
      top: 60,
      right: 268,
      bottom: 0,
      left: 392,
    });
  });

  it('takes a corner card from the side where it costs less', () => {
    const flat: Card = {
      rect: { top: 820, right: 1424, bottom: 884, left: 700 },
      sides: ['right', 'bottom'],
    };

    expect(cameraPadding(desktop, [panel, flat])).toEqual({
      top: 0,
      right: 0,
      bottom: 80,
      left: 392,
    });
  });

  it('leaves a free part even under a drawer at full height', () => {
    const phone = { width: 390, height: 844 };
    const drawer: Card = { rect: { top: 64, right: 390, bottom: 844, left: 0 }, sides: ['bottom'] };
    const top: Card = { rect: { top: 10, right: 378, bottom: 54, left: 12 }, sides: ['top'] };

    const padding = cameraPadding(phone, [drawer, top]);

    expect(844 - padding.top - padding.bottom).toBeGreaterThanOrEqual(120);
  });

  it('never covers a card, unless the window is too small to leave anything', () => {
    const side = fc.constantFrom<Side>('top', 'right', 'bottom', 'left');
    const anyCard = fc
      .record({
        x: fc.integer({ min: 0, max: 700 }),
        y: fc.integer({ min: 0, max: 400 }),
        width: fc.integer({ min: 1, max: 300 }),
        height: fc.integer({ min: 1, max: 200 }),
        sides: fc.uniqueArray(side, { minLength: 1, maxLength: 2 }),
      })
      .map(({ x, y, width, height, sides }): Card => ({
        rect: { left: x, top: y, right: x + width, bottom: y + height },
        sides,
      }));
    const window = { width: 1000, height: 600 };
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 4 }), (cards) => {
        const { top, right, bottom, left } = cameraPadding(window, cards);
        const free = { left, top, right: 1000 - right, bottom: 600 - bottom };
        fc.pre(free.right - free.left > 121 && free.bottom - free.top > 121);

        for (const { rect } of cards) {
          const isOutside =
            rect.right <= free.left ||
            rect.left >= free.right ||
            rect.bottom <= free.top ||
            rect.top >= free.bottom;
          expect(isOutside).toBe(true);
        }
      }),
    );
  });
});

describe('the drawer of a phone', () => {
  it('stops at its head, at about half and below the top bar', () => {
    // 844 · 0.48 = 405.12; 844 − 64 = 780.
    expect(stopHeights(844)).toEqual({ peek: 120, half: 405, full: 780 });
  });

  it('goes to the nearest stop after a slow drag', () => {
    expect(nearestStop(200, 0, 844)).toBe('peek');
    expect(nearestStop(500, 0, 844)).toBe('half');
    expect(nearestStop(700, 0, 844)).toBe('full');
  });

  it('goes on in the direction of a flick', () => {
    // 405 + 1.5 · 160 = 645, nearer to 780 than to 405; 405 − 1.5 · 160 = 165, nearer to 120.
    expect(nearestStop(405, 1.5, 844)).toBe('full');
    expect(nearestStop(405, -1.5, 844)).toBe('peek');
  });

  it('moves by one stop with the keys and stays at its ends', () => {
    expect(nextStop('peek', 1)).toBe('half');
    expect(nextStop('full', 1)).toBe('full');
    expect(nextStop('peek', -1)).toBe('peek');
  });
});

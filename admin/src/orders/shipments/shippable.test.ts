import { describe, expect, it } from 'vitest';
import { leftToShip, shipmentLines } from './shippable';

const mug = { id: 'mug', quantity: 3, fulfilledQuantity: 1 };
const bowl = { id: 'bowl', quantity: 1, fulfilledQuantity: 0 };
const plate = { id: 'plate', quantity: 2, fulfilledQuantity: 2 };

describe('packing a shipment', () => {
  it('offers only what is still here', () => {
    expect(leftToShip([mug, bowl, plate]).map(({ line, left }) => [line.id, left])).toEqual([
      ['mug', 2],
      ['bowl', 1],
    ]);
  });

  it('leaves out what was given up, and what still has to arrive here itself', () => {
    const lamp = {
      id: 'lamp',
      quantity: 5,
      fulfilledQuantity: 1,
      cancelledQuantity: 1,
      backorderedQuantity: 2,
    };

    expect(leftToShip([lamp]).map(({ left }) => left)).toEqual([1]);
  });

  it('names no lines when everything left goes into one shipment', () => {
    expect(shipmentLines([mug, bowl, plate], { mug: 2, bowl: 1 })).toBeUndefined();
  });

  it('names the lines and pieces of a partial shipment', () => {
    expect(shipmentLines([mug, bowl], { mug: 1, bowl: 0 })).toEqual([{ orderLineId: 'mug', quantity: 1 }]);
  });
});

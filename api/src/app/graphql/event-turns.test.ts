import { expect, it } from 'vitest';
import { EventTurns } from './event-turns.js';

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

it('works on so many events at a time, and on all of them in the end', async () => {
  const turns = new EventTurns(2);
  let [running, most, done] = [0, 0, 0];

  await Promise.all(
    Array.from({ length: 50 }, () =>
      turns.take('one client', async () => {
        most = Math.max(most, ++running);
        await soon();
        running--;
        done++;
      }),
    ),
  );

  expect({ most, done }).toEqual({ most: 2, done: 50 });
});

it('lets nobody wait for all of another client’s events', async () => {
  const turns = new EventTurns(1);
  const order: string[] = [];
  const take = (client: string): Promise<unknown> =>
    turns.take(client, async () => {
      await soon();
      order.push(client);
    });

  await Promise.all([...Array.from({ length: 20 }, () => take('many')), take('ana'), take('ion')]);

  expect(order.slice(0, 5)).toEqual(['many', 'many', 'ana', 'ion', 'many']);
});

it('goes on after work that failed', async () => {
  const turns = new EventTurns(1);
  const failing = turns.take('a', () => Promise.reject(new Error('The database is away')));
  const next = turns.take('a', async () => 'worked on');

  await expect(failing).rejects.toThrow('away');
  expect(await next).toBe('worked on');
});

import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from './logger.js';

function logged(values: object): string {
  let text = '';
  const output = new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) });
  createLogger('info', output).error(values, 'It failed');
  return text;
}

it('tells of an error what helps, and nothing of what a library hung to it', () => {
  const client = { secretKey: 17, user: 'shop', password: 'hunter2', queries: ['SELECT secret'] };
  const cause = Object.assign(new Error('duplicate key'), {
    code: '23505',
    constraint: 'one',
    detail: 'Key (email)=(ana@x.ro)',
    client,
  });
  const err = Object.assign(new Error('It broke', { cause }), {
    code: 'E_BROKE',
    client,
    parameters: ['ana@x.ro'],
    driverError: cause,
    headers: { authorization: 'Bearer x' },
  });

  const text = logged({ err });

  expect(text).not.toMatch(/secretKey|hunter2|SELECT secret|ana@x\.ro|Bearer/);
  expect(JSON.parse(text)).toMatchObject({
    err: { type: 'Error', message: 'It broke', code: 'E_BROKE', cause: { code: '23505', constraint: 'one' } },
    msg: 'It failed',
  });
});

it('tells what was thrown though it is no error', () => {
  expect(JSON.parse(logged({ err: 'plain' }))).toMatchObject({ err: { message: 'plain' } });
});

import { describe, expect, it } from 'vitest';
import { pageIn } from './mail-scheme';

const page = '<style>@media (prefers-color-scheme: dark) { .card { color: white } }</style>';

describe('the preview of a mail', () => {
  it('shows dark mode to whoever wants to see it, on a light screen too', () => {
    expect(pageIn(page, 'dark')).toBe('<style>@media all { .card { color: white } }</style>');
  });

  it('shows the light mail on a dark screen', () => {
    expect(pageIn(page, 'light')).toBe('<style>@media not all { .card { color: white } }</style>');
  });
});

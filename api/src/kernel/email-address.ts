/*
 * The one rule for e-mail addresses, for the API and for the forms of both clients. It imports only the
 * rule for invisible characters, so that a browser can use it.
 *
 * Refuses only what no mail server accepts (RFC 5321 without quoted local parts, which no provider supports). An
 * internationalized domain is converted to ASCII label by label: a label that is ASCII already may be an existing
 * address and is never checked against the tables of another Unicode version.
 */

import { INVISIBLE_BUT_JOINERS } from './invisible-characters.js';

const LONGEST_ADDRESS = 254;
/** With white space around it and characters that nobody sees. The rules below would take minutes over a long text. */
const LONGEST_TYPED = 1_000;
const LONGEST_NAME = 64;
const LONGEST_DOMAIN = 253;

/** One or more runs of atext, with single dots between them. */
const NAME = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/;
const LABEL = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
/** Letters, their accents and digits of any script; joiners are checked by the rules of internationalized names. */
const LABEL_IN_LETTERS = /^(?:[\p{L}\p{M}\p{N}-]|\u200C|\u200D)+$/u;
/** A top-level domain is a word: digits alone would be an IP address. */
const TOP_LABEL = /^(?:[a-z]{2,63}|xn--[a-z\d-]+)$/;

/** White space and joiners that copying adds. */
const AROUND = /^[\s\u200C\u200D]+|[\s\u200C\u200D]+$/g;
const DOTS_OF_OTHER_SCRIPTS = /[\u3002\uFF0E\uFF61]/g;

/**
 * The address as it is stored: without invisible characters, its domain in lower-case ASCII (`ana@exämple.ro` becomes
 * `ana@xn--exmple-cua.ro`), its local part unchanged. Null when no mail server would accept it.
 */
export function readEmailAddress(text: string): string | null {
  if (text.length > LONGEST_TYPED) return null;
  const given = text.replace(INVISIBLE_BUT_JOINERS, '').replace(AROUND, '');
  const at = given.lastIndexOf('@');
  const name = given.slice(0, Math.max(at, 0));
  const domain = readDomain(given.slice(at + 1));
  if (at < 1 || !domain || name.length > LONGEST_NAME || !NAME.test(name)) return null;
  const address = `${name}@${domain}`;
  return address.length <= LONGEST_ADDRESS ? address : null;
}

function readDomain(text: string): string | null {
  const labels = text.replace(DOTS_OF_OTHER_SCRIPTS, '.').split('.').map(readLabel);
  const top = labels.at(-1);
  if (labels.length < 2 || labels.includes(null) || !top || !TOP_LABEL.test(top)) return null;
  const domain = labels.join('.');
  return domain.length <= LONGEST_DOMAIN ? domain : null;
}

function readLabel(text: string): string | null {
  const isAscii = /^[\x21-\x7E]*$/.test(text);
  const label = isAscii ? text.toLowerCase() : LABEL_IN_LETTERS.test(text) ? inAscii(text) : null;
  return label !== null && LABEL.test(label) ? label : null;
}

/** Browsers and Node.js convert internationalized names by URL. */
function inAscii(label: string): string | null {
  try {
    return new URL(`http://${label}.example`).hostname.replace(/\.example$/, '');
  } catch {
    return null;
  }
}

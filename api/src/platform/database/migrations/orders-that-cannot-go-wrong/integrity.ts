/** What the books refuse even from a statement typed by hand, and what the nightly audit found. */
import { BOOKS_DOWN, BOOKS_UP } from './books.js';
import { LEDGER_DOWN, LEDGER_UP } from './ledger.js';

export const UP = /* sql */ `
  ${LEDGER_UP}
  ${BOOKS_UP}
  CREATE TABLE integrity_check (
    id uuid PRIMARY KEY,
    checked_at timestamptz NOT NULL DEFAULT now(),
    violations int NOT NULL,
    report jsonb NOT NULL
  );
  CREATE INDEX integrity_check_newest ON integrity_check (checked_at DESC);
  CREATE TRIGGER integrity_check_append_only BEFORE UPDATE OR DELETE ON integrity_check
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
`;

export const DOWN = /* sql */ `
  DROP TABLE integrity_check;
  ${BOOKS_DOWN}
  ${LEDGER_DOWN}
`;

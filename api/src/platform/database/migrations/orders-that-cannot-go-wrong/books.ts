/**
 * Orders, money and invoices that cannot be written wrong, not even by hand.
 *
 * Each trigger fires only when its columns change (UPDATE OF, WHEN), asks one question by an index, and is deferred where
 * a legal change takes several statements. What needs the whole table, or work still in flight, is the nightly audit's.
 */
const SUMS = /* sql */ `
  CREATE FUNCTION assert_order_sums(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, l.gross, l.net, l.discount INTO wrong
      FROM shop_order o, LATERAL (
        SELECT coalesce(sum(total_gross), 0) AS gross, coalesce(sum(total_net), 0) AS net, coalesce(sum(discount), 0) AS discount
        FROM order_line WHERE order_id = o.id
      ) l
      WHERE o.id = subject AND (o.subtotal_gross, o.subtotal_net, o.discount) <> (l.gross, l.net, l.discount);
      IF FOUND THEN
        RAISE EXCEPTION 'order %: its lines add up to % (net %, discount %), which it does not say', wrong.number, wrong.gross, wrong.net, wrong.discount
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_sums';
      END IF;
    END $$;
  CREATE FUNCTION check_order_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM assert_order_sums(NEW.id);
      RETURN NULL;
    END $$;
  CREATE FUNCTION check_line_sums() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN PERFORM assert_order_sums(OLD.order_id); END IF;
      IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND NEW.order_id <> OLD.order_id THEN PERFORM assert_order_sums(NEW.order_id); END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER shop_order_sums AFTER INSERT ON shop_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_order_sums();
  CREATE CONSTRAINT TRIGGER shop_order_sums_kept AFTER UPDATE OF subtotal_gross, subtotal_net, discount ON shop_order
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.subtotal_gross, OLD.subtotal_net, OLD.discount) IS DISTINCT FROM (NEW.subtotal_gross, NEW.subtotal_net, NEW.discount))
    EXECUTE FUNCTION check_order_sums();
  CREATE CONSTRAINT TRIGGER order_line_sums AFTER INSERT OR DELETE OR UPDATE OF order_id, total_gross, total_net, discount ON order_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_line_sums();

  -- A row by itself: its tax lines against its totals.
  CREATE FUNCTION tax_lines_fit(lines jsonb, net bigint, gross bigint) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(sum((line ->> 'net')::bigint), 0) = net
      AND coalesce(sum((line ->> 'net')::bigint + (line ->> 'tax')::bigint), 0) = gross
    FROM jsonb_array_elements(lines) AS line
  $$;
  CREATE FUNCTION check_tax_lines() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT tax_lines_fit(NEW.tax_lines, NEW.total_net, NEW.total_gross) THEN
        RAISE EXCEPTION 'order %: its tax lines do not add up to its total', NEW.number
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_tax';
      END IF;
      RETURN NULL;
    END $$;
  CREATE TRIGGER shop_order_tax AFTER INSERT ON shop_order FOR EACH ROW EXECUTE FUNCTION check_tax_lines();
  CREATE TRIGGER shop_order_tax_kept AFTER UPDATE OF tax_lines, total_net, total_gross ON shop_order FOR EACH ROW
    WHEN ((OLD.tax_lines, OLD.total_net, OLD.total_gross) IS DISTINCT FROM (NEW.tax_lines, NEW.total_net, NEW.total_gross))
    EXECUTE FUNCTION check_tax_lines();
`;

const LIFE = /* sql */ `
  -- The moves of order-states.ts; a test compares the two.
  CREATE FUNCTION check_order_move() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.status <> ALL (CASE OLD.status
        WHEN 'DRAFT' THEN ARRAY['PENDING_PAYMENT', 'PLACED', 'PAID', 'CANCELLED']
        WHEN 'PENDING_PAYMENT' THEN ARRAY['PLACED', 'PAID', 'CANCELLED', 'EXPIRED', 'REVIEW']
        WHEN 'PLACED' THEN ARRAY['PAID', 'FULFILLED', 'CANCELLED', 'REVIEW']
        WHEN 'PAID' THEN ARRAY['FULFILLED', 'CANCELLED', 'REFUNDED']
        WHEN 'FULFILLED' THEN ARRAY['COMPLETED', 'REFUNDED']
        WHEN 'COMPLETED' THEN ARRAY['REFUNDED']
        WHEN 'EXPIRED' THEN ARRAY['PAID', 'PLACED', 'REVIEW']
        WHEN 'REVIEW' THEN ARRAY['PAID', 'PLACED', 'CANCELLED']
        ELSE ARRAY[]::text[] END)
      THEN
        RAISE EXCEPTION 'order %: % cannot become %', OLD.number, OLD.status, NEW.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_move';
      END IF;
      RETURN NEW;
    END $$;
  CREATE TRIGGER shop_order_move BEFORE UPDATE OF status ON shop_order
    FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION check_order_move();

  CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is written once: %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END $$;
  CREATE TRIGGER shop_order_placed_once BEFORE UPDATE OF placed_at ON shop_order
    FOR EACH ROW WHEN (OLD.placed_at IS NOT NULL AND NEW.placed_at IS DISTINCT FROM OLD.placed_at)
    EXECUTE FUNCTION refuse_rewriting('an order is placed once');
  CREATE TRIGGER shop_order_kept BEFORE DELETE ON shop_order
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('an order is cancelled, never deleted');
  -- The timeline forgets who when an account is deleted (the foreign key does that), and nothing else.
  CREATE TRIGGER order_event_kept BEFORE DELETE ON order_event
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('the timeline is only added to');
  CREATE TRIGGER order_event_unchanged BEFORE UPDATE ON order_event
    FOR EACH ROW WHEN ((OLD.id, OLD.order_id, OLD.kind, OLD.actor_kind, OLD.data, OLD.at) IS DISTINCT FROM
      (NEW.id, NEW.order_id, NEW.kind, NEW.actor_kind, NEW.data, NEW.at) OR NEW.actor_id IS NOT NULL)
    EXECUTE FUNCTION refuse_rewriting('the timeline is only added to');
`;

const MONEY = /* sql */ `
  -- PAID means that the money is here; PLACED (and goods sent on trust) that it is reserved or will be paid on delivery.
  CREATE FUNCTION assert_order_money(subject uuid) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE wrong record;
    BEGIN
      SELECT o.number, o.status INTO wrong FROM shop_order o
      WHERE o.id = subject AND o.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND o.total_gross > 0
        AND NOT EXISTS (SELECT FROM payment p WHERE p.order_id = o.id AND (p.state = 'CAPTURED' OR o.status <> 'PAID'
          AND (p.state = 'AUTHORIZED' OR p.method = 'CASH_ON_DELIVERY' AND p.state <> 'CANCELLED')));
      IF FOUND THEN
        RAISE EXCEPTION 'order % is % without its money', wrong.number, wrong.status
          USING ERRCODE = 'check_violation', TABLE = 'shop_order', CONSTRAINT = 'shop_order_money';
      END IF;
    END $$;
  CREATE FUNCTION check_order_money() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM assert_order_money(NEW.id); RETURN NULL; END $$;
  -- A bank may take back what it reserved after the goods have left: that must be written down, and is reported.
  CREATE FUNCTION check_payment_money() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM shop_order WHERE id = NEW.order_id AND status IN ('PLACED', 'PAID')) THEN
        PERFORM assert_order_money(NEW.order_id);
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER shop_order_money AFTER INSERT ON shop_order DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND NEW.total_gross > 0)
    EXECUTE FUNCTION check_order_money();
  CREATE CONSTRAINT TRIGGER shop_order_money_kept AFTER UPDATE OF status, total_gross ON shop_order DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status IN ('PLACED', 'PAID', 'FULFILLED', 'COMPLETED') AND NEW.total_gross > 0
      AND (OLD.status, OLD.total_gross) IS DISTINCT FROM (NEW.status, NEW.total_gross))
    EXECUTE FUNCTION check_order_money();
  CREATE CONSTRAINT TRIGGER payment_given_up AFTER UPDATE OF state ON payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state = 'CANCELLED' AND OLD.state <> 'CANCELLED') EXECUTE FUNCTION check_payment_money();

  CREATE TRIGGER payment_frozen BEFORE UPDATE OF order_id, amount, currency, state, captured_amount ON payment
    FOR EACH ROW WHEN ((OLD.order_id, OLD.amount, OLD.currency) IS DISTINCT FROM (NEW.order_id, NEW.amount, NEW.currency)
      OR OLD.state = 'CAPTURED' AND (NEW.state <> 'CAPTURED' OR NEW.captured_amount <> OLD.captured_amount))
    EXECUTE FUNCTION refuse_rewriting('order, amount and currency stay, and captured money goes back by a refund');
  CREATE TRIGGER payment_kept BEFORE DELETE ON payment
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('a payment is cancelled, never deleted');

  -- The payment is locked, so that two refunds in two transactions count each other.
  CREATE FUNCTION check_refund() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE came_in bigint; goes_back bigint;
    BEGIN
      SELECT coalesce(captured_amount, 0) INTO came_in FROM payment WHERE id = NEW.payment_id FOR NO KEY UPDATE;
      SELECT coalesce(sum(amount), 0) INTO goes_back FROM refund
      WHERE payment_id = NEW.payment_id AND state NOT IN ('FAILED', 'CANCELED');
      IF goes_back > came_in THEN
        RAISE EXCEPTION 'payment %: % would go back of % that came in', NEW.payment_id, goes_back, came_in
          USING ERRCODE = 'check_violation', TABLE = 'refund', CONSTRAINT = 'refund_covered';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER refund_covered AFTER INSERT ON refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state NOT IN ('FAILED', 'CANCELED')) EXECUTE FUNCTION check_refund();
  CREATE CONSTRAINT TRIGGER refund_revived AFTER UPDATE OF state, amount, payment_id ON refund DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.state NOT IN ('FAILED', 'CANCELED')
      AND (OLD.state IN ('FAILED', 'CANCELED') OR NEW.amount > OLD.amount OR NEW.payment_id <> OLD.payment_id))
    EXECUTE FUNCTION check_refund();
  CREATE TRIGGER refund_kept BEFORE DELETE ON refund
    FOR EACH ROW EXECUTE FUNCTION refuse_rewriting('a refund fails or is cancelled, it is never deleted');
`;

const INVOICES = /* sql */ `
  -- Beside the rules of the series itself (documents.ts): a number that was not counted would be given a second time.
  CREATE FUNCTION check_invoice_counted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number > (SELECT last_number FROM invoice_series WHERE code = NEW.series) THEN
        RAISE EXCEPTION 'invoice % of series % was never counted', NEW.number, NEW.series
          USING ERRCODE = 'check_violation', TABLE = 'invoice', CONSTRAINT = 'invoice_counted';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER invoice_counted AFTER INSERT ON invoice
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_invoice_counted();
`;

const OWNER = /* sql */ `
  -- A unique index says "one at most"; this says "never none again": ownership is handed on within a transaction.
  CREATE FUNCTION check_owner() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (SELECT FROM app_user WHERE role = 'OWNER') THEN
        RAISE EXCEPTION 'the shop would be left without an owner'
          USING ERRCODE = 'check_violation', TABLE = 'app_user', CONSTRAINT = 'app_user_owner_stays', HINT = 'Hand ownership on first.';
      END IF;
      RETURN NULL;
    END $$;
  CREATE CONSTRAINT TRIGGER app_user_owner_stays AFTER DELETE OR UPDATE OF role ON app_user
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'OWNER') EXECUTE FUNCTION check_owner();
`;

export const BOOKS_UP = /* sql */ `${SUMS}${LIFE}${MONEY}${INVOICES}${OWNER}`;

export const BOOKS_DOWN = /* sql */ `
  DROP TRIGGER app_user_owner_stays ON app_user;
  DROP FUNCTION check_owner();
  DROP TRIGGER invoice_counted ON invoice;
  DROP TRIGGER refund_covered ON refund;
  DROP TRIGGER refund_revived ON refund;
  DROP TRIGGER refund_kept ON refund;
  DROP TRIGGER payment_given_up ON payment;
  DROP TRIGGER payment_frozen ON payment;
  DROP TRIGGER payment_kept ON payment;
  DROP TRIGGER order_event_kept ON order_event;
  DROP TRIGGER order_event_unchanged ON order_event;
  DROP TRIGGER order_line_sums ON order_line;
  DROP TRIGGER shop_order_sums ON shop_order;
  DROP TRIGGER shop_order_sums_kept ON shop_order;
  DROP TRIGGER shop_order_tax ON shop_order;
  DROP TRIGGER shop_order_tax_kept ON shop_order;
  DROP TRIGGER shop_order_move ON shop_order;
  DROP TRIGGER shop_order_placed_once ON shop_order;
  DROP TRIGGER shop_order_kept ON shop_order;
  DROP TRIGGER shop_order_money ON shop_order;
  DROP TRIGGER shop_order_money_kept ON shop_order;
  DROP FUNCTION check_invoice_counted(), check_refund(), check_payment_money(), check_order_money(),
    assert_order_money(uuid), refuse_rewriting(), check_order_move(), check_tax_lines(), tax_lines_fit(jsonb, bigint, bigint),
    check_line_sums(), check_order_sums(), assert_order_sums(uuid);
`;

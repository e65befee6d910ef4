/** Internals that responses must not contain: names of tables and files, database messages, stack traces. */
export const INNARDS =
  /select |insert |update .* set|shop_order|app_user|pgboss|node_modules|\/src\/|\bat [\w.<>]+ \(|violates|syntax error at or near|invalid byte sequence|ECONN|TypeError|stacktrace/i;

/** What only we may see: names of our tables and files, the words of the database, traces. */
export const INNARDS =
  /select |insert |update .* set|shop_order|app_user|pgboss|node_modules|\/src\/|\bat [\w.<>]+ \(|violates|syntax error at or near|invalid byte sequence|ECONN|TypeError|stacktrace/i;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Keeps what a visitor typed or chose on the server's page before its scripts ran: mounting sets each field to what the
 * page was rendered with.
 *
 * Called before mounting; the returned function, called after it, writes the input back and tells the page of it.
 */
export function keepEarlyInput(root: ParentNode): () => void {
  const restores = [...root.querySelectorAll<Field>('input, textarea, select')].flatMap((field) => {
    const restore = restoreOf(field);
    if (!restore) return [];
    return [
      () => {
        // The field may belong to something that this visitor is not shown.
        if (!field.isConnected) return;
        restore();
        for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, { bubbles: true }));
      },
    ];
  });
  return () => restores.forEach((restore) => restore());
}

/** Null for a field that is as it was rendered. */
function restoreOf(field: Field): (() => void) | null {
  if (field instanceof HTMLSelectElement) {
    const { selectedIndex, value } = field;
    const rendered = [...field.options].findIndex((option) => option.defaultSelected);
    if (selectedIndex === Math.max(rendered, 0)) return null;
    // By its value: the page may offer other options by now, and then keeps what it shows.
    return () => {
      if ([...field.options].some((option) => option.value === value)) field.value = value;
    };
  }
  if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) {
    const { checked } = field;
    // Of a group of radio buttons, the chosen one says it all.
    if (checked === field.defaultChecked || (field.type === 'radio' && !checked)) return null;
    return () => (field.checked = checked);
  }
  // A chosen file stays in its field, and a script may write none into it.
  if (field.type === 'file') return null;
  const { value } = field;
  return value === field.defaultValue ? null : () => (field.value = value);
}

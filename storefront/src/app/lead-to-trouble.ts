/**
 * After a press that failed: the first wrong field gets the focus, else the message that says what happened. On a phone it may
 * be far above the button.
 */
export function leadToTrouble(form: HTMLElement): void {
  const trouble =
    form.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    form.querySelector<HTMLElement>('[data-problems]');
  trouble?.focus();
  trouble?.scrollIntoView({ block: 'center' });
}

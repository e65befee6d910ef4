/**
 * After a failed submission: moves the focus to the first invalid field, else to the error message, which may be far
 * above the button on a phone.
 */
export function leadToTrouble(form: HTMLElement): void {
  const trouble =
    form.querySelector<HTMLElement>('[aria-invalid="true"]') ??
    form.querySelector<HTMLElement>('[data-problems]');
  trouble?.focus();
  trouble?.scrollIntoView({ block: 'center' });
}

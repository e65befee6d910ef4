/** The pages of the settings in their order. Without the operations of the forms: the command palette lists them too. */
export const SETTINGS_PAGES = [
  { key: 'shop', icon: 'i-lucide-store' },
  { key: 'brand', icon: 'i-lucide-palette' },
  { key: 'regional', icon: 'i-lucide-globe' },
  { key: 'languages', icon: 'i-lucide-languages' },
  { key: 'contact', icon: 'i-lucide-at-sign' },
  { key: 'seller', icon: 'i-lucide-landmark' },
  { key: 'tax', icon: 'i-lucide-receipt' },
  { key: 'payments', icon: 'i-lucide-wallet' },
  { key: 'holiday', icon: 'i-lucide-tree-palm' },
  { key: 'holds', icon: 'i-lucide-timer' },
  { key: 'stock', icon: 'i-lucide-boxes' },
  { key: 'returns', icon: 'i-lucide-package-open' },
  { key: 'invoicing', icon: 'i-lucide-file-text' },
] as const;

export type SettingsPageKey = (typeof SETTINGS_PAGES)[number]['key'];

/** Those that are one form; the languages are a list of their own. */
export type SettingsFormKey = Exclude<SettingsPageKey, 'languages'>;

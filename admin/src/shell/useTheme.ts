import { lasting } from '@vitrine/client/storage';
import { ref, watch } from 'vue';
import type { Ref } from 'vue';

export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const STORED = 'vitrine-admin-theme';
const isTheme = (text: string | null): text is Theme => THEMES.some((theme) => theme === text);

const system = window.matchMedia('(prefers-color-scheme: dark)');
const stored = lasting.get(STORED);
const theme = ref<Theme>(isTheme(stored) ? stored : 'system');

function apply(): void {
  const isDark = theme.value === 'dark' || (theme.value === 'system' && system.matches);
  document.documentElement.classList.toggle('dark', isDark);
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
}

/** Called before the first paint, so that the dark theme does not flash white. */
export function startTheme(): void {
  apply();
  system.addEventListener('change', apply);
  watch(theme, (choice) => {
    lasting.set(STORED, choice);
    apply();
  });
}

export const useTheme = (): { theme: Ref<Theme> } => ({ theme });

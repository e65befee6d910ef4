import { inject, type InjectionKey } from 'vue';

/** The HTTP response status and headers that a page sets. Used by the renderer on the server, ignored in the browser. */
export interface PageResponse {
  status: number;
  redirect: string | null;
  /** True for pages about one person: never cached, never indexed. */
  isPrivate: boolean;
}

export const pageResponseKey: InjectionKey<PageResponse> = Symbol('page response');

export function makePageResponse(): PageResponse {
  return { status: 200, redirect: null, isPrivate: false };
}

export function usePageResponse(): PageResponse {
  return inject(pageResponseKey, makePageResponse, true);
}

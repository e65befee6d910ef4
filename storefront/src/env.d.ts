declare module 'virtual:schema-types' {
  export const idLessTypes: string[];
  export const possibleTypes: Record<string, string[]>;
}

/** Whether the build has parts of plugins. */
declare const __HAS_PLUGINS__: boolean;

declare module 'virtual:plugin-parts' {
  /** The parts of this client that the plugins of the shop bring; see packages/client/build/plugin-parts.ts. */
  export const pluginParts: {
    readonly name: string;
    /** Its file, from the folder of the storefront. */
    readonly source: string;
    readonly load: () => Promise<import('./plugins/storefront-module').StorefrontModule | undefined>;
    /** The texts of its operations by their hashes. */
    readonly texts: (() => Promise<Record<string, string>>) | undefined;
  }[];
}

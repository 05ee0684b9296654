import 'i18next';
import type zh from './zh-CN.json';

declare module 'i18next' {
  /** Makes `t()` accept only keys that exist. */
  interface CustomTypeOptions {
    resources: { translation: typeof zh };
  }
}

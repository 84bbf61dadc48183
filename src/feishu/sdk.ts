import { createRequire } from 'node:module';
import type * as Sdk from '@larksuiteoapi/node-sdk';

/**
 * The official SDK, one CommonJS file of six megabytes. `import` would have its exports looked for by a lexer first, which takes 80 MB that
 * are never given back, and half a second at the start; `require` only runs it.
 */
const sdk = createRequire(import.meta.url)('@larksuiteoapi/node-sdk') as typeof Sdk;

export const { Client, DefaultCache, LoggerLevel, WSClient, withTenantToken } = sdk;

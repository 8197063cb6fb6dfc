/** Starts the TypeScript program of a thread: the loader of the main thread does not reach into it. */
import { register } from 'tsx/esm/api';

register();
await import('./training.thread.ts');

/** Whether the reader has fingers only: hints about keys and pointing are left out. False before there is a page. */
import { MediaQuery } from 'svelte/reactivity';

export const touchOnly = new MediaQuery('(hover: none) and (pointer: coarse)', false);

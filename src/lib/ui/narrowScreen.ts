/** Whether the parts of a page stand below each other, for lack of width; the styles say 50rem, too. False before there is a page. */
import { MediaQuery } from 'svelte/reactivity';

export const narrowScreen = new MediaQuery('(max-width: 50rem)', false);

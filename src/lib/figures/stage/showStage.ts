/** Brings the stage into sight at Start, where what stands above it leaves too little room in the window. */
import { narrowScreen } from '../../ui/narrowScreen';
import { scrollBehaviour } from '../../ui/scrolling';

/** Pixels that may be hidden without harm. */
const HARMLESS = 8;

/** Scrolls to the stage on a narrow screen, on others by as much as the picture or its caption is hidden. */
export function showStage(section: HTMLElement): void {
	const { top } = section.getBoundingClientRect();
	const behavior = scrollBehaviour();
	if (top <= 0) return;
	if (narrowScreen.current) return section.scrollIntoView({ behavior });
	const [picture, caption, transport] = ['stage', 'caption', 'transport'].map((part) =>
		section.querySelector(`[data-tour="${part}"], [data-part="${part}"]`)?.getBoundingClientRect()
	);
	if (!picture || !caption || !transport) return;
	// Both lie over what does not fit: transport alone in a low window, with the caption in others.
	const hidden = Math.max(picture.bottom - caption.top, caption.bottom - transport.top);
	if (hidden > HARMLESS) window.scrollBy({ top: Math.min(hidden, top), behavior });
}

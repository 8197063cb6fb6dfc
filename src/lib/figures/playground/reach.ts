/** To parts of the playground that have just been opened, which are there at the next frame, and back from them. */
import type { KnobName } from '../../federated/knobs';
import { narrowScreen } from '../../ui/narrowScreen';
import { scrollBehaviour } from '../../ui/scrolling';

/** Puts the focus on the button that opens the settings. */
export function reachSettings(): void {
	document.querySelector<HTMLElement>('[data-tour="settings"] button')?.focus();
}

/** Shows a setting, with its group where there is room for that, and puts the focus into it. */
export function reachSetting(name: KnobName): void {
	requestAnimationFrame(() => {
		const field = document.querySelector<HTMLElement>(`[data-knob="${name}"]`);
		// First, as the page scrolls less for what has the focus beside the stage.
		field
			?.querySelector<HTMLElement>('input, select')
			?.focus({ preventScroll: true, focusVisible: true });
		field?.closest('fieldset')?.scrollIntoView({ block: 'nearest' });
		field?.scrollIntoView({ block: 'nearest' });
	});
}

/** Shows the sweep. */
export function reachSweep(): void {
	requestAnimationFrame(() => {
		const panel = document.querySelector('[data-part="sweep"]');
		// On a narrow screen the transport lies over the lower edge.
		panel?.scrollIntoView({
			block: narrowScreen.current ? 'start' : 'nearest',
			behavior: scrollBehaviour()
		});
	});
}

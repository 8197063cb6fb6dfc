/** To the button that starts and pauses: where the focus goes when nothing is left in its place. */
export function focusStart(): void {
	const button = document.querySelector<HTMLElement>(
		'[data-tour="transport"] [role="group"] button'
	);
	button?.focus({ preventScroll: true });
}

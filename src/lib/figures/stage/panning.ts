/**
 * A mouse drags to pan, and zooms with Ctrl and the wheel; two fingers do both at once. A plain wheel and a single
 * finger scroll the page.
 */
import { type Fingers, type Frame, pan, pinch, type Zoom, zoomAt } from '../../scene/stage/zoom';

export interface PanningOptions {
	isOn: () => boolean;
	zoom: () => Zoom;
	frame: () => Frame;
	onzoom: (zoom: Zoom) => void;
}

/** Moves shorter than this, in pixels, are still a click. */
const CLICK_REACH = 4;
const touchTypes = ['touchstart', 'touchmove', 'touchend', 'touchcancel'] as const;

export function panning({ isOn, zoom, frame, onzoom }: PanningOptions) {
	return (element: HTMLElement) => {
		let last: { x: number; y: number } | null = null;
		let hasMoved = false;
		let fingers: Fingers | null = null;

		/** In pixels of the layout, however large the page shows it. */
		function pointOf({ clientX, clientY }: MouseEvent | Touch) {
			const { left, top, width } = element.getBoundingClientRect();
			const magnification = width / element.offsetWidth;
			return { x: (clientX - left) / magnification, y: (clientY - top) / magnification };
		}

		function onwheel(event: WheelEvent) {
			if (!isOn() || !(event.ctrlKey || event.metaKey)) return;
			event.preventDefault();
			onzoom(zoomAt(zoom(), pointOf(event), Math.exp(-event.deltaY * 0.004), frame()));
		}

		function onpointerdown(event: PointerEvent) {
			const isMouse = event.pointerType !== 'touch' && event.button === 0;
			if (!isOn() || zoom().scale === 1 || !isMouse) return;
			last = pointOf(event);
			hasMoved = false;
		}

		function onpointermove(event: PointerEvent) {
			if (!last) return;
			const now = pointOf(event);
			const by = { x: now.x - last.x, y: now.y - last.y };
			if (!hasMoved && Math.hypot(by.x, by.y) < CLICK_REACH) return;
			hasMoved = true;
			last = now;
			onzoom(pan(zoom(), by, frame()));
		}

		function fingersOf({ touches }: TouchEvent): Fingers | null {
			if (touches.length !== 2) return null;
			return [pointOf(touches[0]), pointOf(touches[1])];
		}

		/** Fingers come, move and go; what they do is the page's own business, unless there are two of them. */
		function ontouch(event: TouchEvent) {
			const now = isOn() ? fingersOf(event) : null;
			if (now && event.cancelable) event.preventDefault();
			if (now && fingers && event.type === 'touchmove')
				onzoom(pinch(zoom(), fingers, now, frame()));
			fingers = now;
		}

		function onpointerup() {
			last = null;
		}

		/** The click at the end of a drag opens nothing. */
		function onclick(event: MouseEvent) {
			if (hasMoved) event.stopPropagation();
			hasMoved = false;
		}

		element.addEventListener('wheel', onwheel, { passive: false });
		element.addEventListener('pointerdown', onpointerdown);
		window.addEventListener('pointermove', onpointermove);
		window.addEventListener('pointerup', onpointerup);
		element.addEventListener('click', onclick, { capture: true });
		for (const type of touchTypes) element.addEventListener(type, ontouch, { passive: false });
		return () => {
			element.removeEventListener('wheel', onwheel);
			element.removeEventListener('pointerdown', onpointerdown);
			window.removeEventListener('pointermove', onpointermove);
			window.removeEventListener('pointerup', onpointerup);
			element.removeEventListener('click', onclick, { capture: true });
			for (const type of touchTypes) element.removeEventListener(type, ontouch);
		};
	};
}

/** Drag to pan, pinch or Ctrl and the wheel to zoom. Owns the pointers of its element; a plain wheel scrolls the page. */
import { type Frame, pan, type Zoom, zoomAt } from '../../scene/stage/zoom';

export interface PanningOptions {
	isOn: () => boolean;
	zoom: () => Zoom;
	frame: () => Frame;
	onzoom: (zoom: Zoom) => void;
}

/** Moves shorter than this, in pixels, are still a click. */
const CLICK_REACH = 4;

export function panning({ isOn, zoom, frame, onzoom }: PanningOptions) {
	return (element: HTMLElement) => {
		let last: { x: number; y: number } | null = null;
		let hasMoved = false;

		function onwheel(event: WheelEvent) {
			if (!isOn() || !(event.ctrlKey || event.metaKey)) return;
			event.preventDefault();
			const { left, top } = element.getBoundingClientRect();
			const point = { x: event.clientX - left, y: event.clientY - top };
			onzoom(zoomAt(zoom(), point, Math.exp(-event.deltaY * 0.004), frame()));
		}

		function onpointerdown(event: PointerEvent) {
			if (!isOn() || zoom().scale === 1 || event.button !== 0) return;
			last = { x: event.clientX, y: event.clientY };
			hasMoved = false;
		}

		function onpointermove(event: PointerEvent) {
			if (!last) return;
			const by = { x: event.clientX - last.x, y: event.clientY - last.y };
			if (!hasMoved && Math.hypot(by.x, by.y) < CLICK_REACH) return;
			hasMoved = true;
			last = { x: event.clientX, y: event.clientY };
			onzoom(pan(zoom(), by, frame()));
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
		return () => {
			element.removeEventListener('wheel', onwheel);
			element.removeEventListener('pointerdown', onpointerdown);
			window.removeEventListener('pointermove', onpointermove);
			window.removeEventListener('pointerup', onpointerup);
			element.removeEventListener('click', onclick, { capture: true });
		};
	};
}

import { computed, nextTick, ref, type ComputedRef, type Ref } from 'vue';

const MOST = 4;
/** The zoom factor of a double tap. */
const CLOSE = 2.5;
const DOUBLE_TAP_MS = 320;

export interface Zoom {
  scale: Ref<number>;
  isZoomed: ComputedRef<boolean>;
  toggle: (event: MouseEvent) => void;
  onTouchStart: (event: TouchEvent) => void;
  onTouchMove: (event: TouchEvent) => void;
  onTouchEnd: (event: TouchEvent) => void;
  reset: () => void;
}

/** A point in the frame, from its top left corner. */
interface Point {
  x: number;
  y: number;
}

/**
 * Zooms an image inside a scrollable frame by double click, double tap or pinch. The point under the finger stays in
 * place; the frame's own scrolling moves the enlarged image.
 */
export function useZoom(frame: () => HTMLElement | null | undefined): Zoom {
  const scale = ref(1);
  let pinch: { distance: number; scale: number } | null = null;
  let lastTap = 0;

  async function zoomTo(next: number, { x, y }: Point): Promise<void> {
    const element = frame();
    const ratio = Math.min(MOST, Math.max(1, next)) / scale.value;
    if (!element || ratio === 1) return;
    const [left, top] = [(element.scrollLeft + x) * ratio - x, (element.scrollTop + y) * ratio - y];
    scale.value *= ratio;
    await nextTick();
    element.scrollTo({ left, top, behavior: 'instant' });
  }

  function placeOf({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const box = frame()?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  }

  function toggle(event: MouseEvent): void {
    void zoomTo(scale.value > 1 ? 1 : CLOSE, placeOf(event));
  }

  function onTouchStart({ touches }: TouchEvent): void {
    const [one, other] = touches;
    pinch = one && other ? { distance: between(one, other), scale: scale.value } : null;
  }

  function onTouchMove(event: TouchEvent): void {
    const [one, other] = event.touches;
    if (!pinch || !one || !other) return;
    event.preventDefault();
    const middle = { clientX: (one.clientX + other.clientX) / 2, clientY: (one.clientY + other.clientY) / 2 };
    void zoomTo(pinch.scale * (between(one, other) / pinch.distance), placeOf(middle));
  }

  function onTouchEnd(event: TouchEvent): void {
    const wasPinch = pinch !== null;
    if (event.touches.length < 2) pinch = null;
    const [finger] = event.changedTouches;
    if (wasPinch || !finger || event.touches.length > 0) return;
    const isSecond = event.timeStamp - lastTap < DOUBLE_TAP_MS;
    lastTap = isSecond ? 0 : event.timeStamp;
    if (!isSecond) return;
    // Prevents the browser's double click, which would zoom out again.
    event.preventDefault();
    void zoomTo(scale.value > 1 ? 1 : CLOSE, placeOf(finger));
  }

  return {
    scale,
    isZoomed: computed(() => scale.value > 1),
    toggle,
    onTouchStart,
    onTouchMove,
    onTouchEnd,
    reset: () => (scale.value = 1),
  };
}

function between(one: Touch, other: Touch): number {
  return Math.max(1, Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY));
}

/** Size of a card at 100 %, in CSS pixels. */
export const cardWidth = 148;
export const cardHeight = 48;

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** Where edges pass between their ends: those of edge e are `x[start[e]] .. x[start[e + 1] - 1]`. */
export type Bends = { readonly start: Uint32Array; readonly x: Float64Array; readonly y: Float64Array };

/**
 * When a pointer drags: a click on what can be dragged must stay a click.
 *
 * Always the same object: with another one, all that can be dragged is drawn anew.
 */
export const DRAG_POINTER = { activationConstraint: { distance: 6 } }

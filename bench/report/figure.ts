/** One line of the table: what was measured, beside the yardstick of the same run. */
export interface Figure {
  readonly scene: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The same work without Meanwhile, in the same unit. */
  readonly yardstick?: { readonly name: string; readonly value: number };
  readonly target?: { readonly text: string; readonly met: boolean };
  readonly note?: string;
}

/** How many times the yardstick the value is. */
export const ratioOf = ({ value, yardstick }: Figure): number | undefined =>
  yardstick === undefined || yardstick.value === 0 ? undefined : value / yardstick.value;

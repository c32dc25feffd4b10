/**
 * Units as types. A number of one unit cannot be passed where another is asked for;
 * at run time they are plain numbers. A percent exists only on screen.
 */
declare const unit: unique symbol;
type Unit<Name extends string> = number & { readonly [unit]: Name };

/** Ounces of metal. */
export type Ounces = Unit<'Ounces'>;
/** Account money; USD by default. */
export type Money = Unit<'Money'>;
/** Price of one ounce in account money. */
export type UsdPerOunce = Unit<'UsdPerOunce'>;
/** Seconds since 1970-01-01T00:00:00Z. */
export type UtcSeconds = Unit<'UtcSeconds'>;
/** A share: 0.1 is ten percent. */
export type Fraction = Unit<'Fraction'>;
/** Size in ounces as a ladder index, 1 (0.15 oz) to 30 (4.50 oz). */
export type SizeIndex = Unit<'SizeIndex'>;

export type Direction = 'long' | 'short';

/**
 * `true` where two types are the same, whatever is readonly: a field more or fewer on either side, or a
 * member of a union, makes it `false`.
 */
export type Same<A, B> =
  (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;

type Plain<T> = T extends readonly (infer Each)[]
  ? readonly Plain<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Plain<T[Key]> }
    : T;

/** Fails the type check where it is not `true`. */
export type Assert<Holds extends true> = Holds;

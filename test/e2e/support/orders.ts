/** Every order of the elements. */
export function permutations<T>(elements: readonly T[]): T[][] {
  if (elements.length < 2) return [[...elements]];
  return elements.flatMap((first, position) =>
    permutations(elements.toSpliced(position, 1)).map((rest) => [first, ...rest]),
  );
}

export interface Sample {
  /** Two signals. */
  signals: readonly [number, number];
  positive: boolean;
}

/** Weights of a logistic regression by plain gradient descent, held back by `ridge`. */
export function learn(samples: readonly Sample[], ridge: number): [number, number] {
  let [a, b, intercept] = [0, 0, 0];
  const step = 3 / samples.length;
  for (let round = 0; round < 150; round++) {
    let [slopeA, slopeB, slope] = [ridge * a, ridge * b, 0];
    for (const { signals, positive } of samples) {
      const error = 1 / (1 + Math.exp(-(a * signals[0] + b * signals[1] + intercept))) - Number(positive);
      slopeA += error * signals[0];
      slopeB += error * signals[1];
      slope += error;
    }
    a -= step * slopeA;
    b -= step * slopeB;
    intercept -= step * slope;
  }
  return [a, b];
}

import { expect, test } from 'vitest'
import { figuresTitle } from './figures'

test('figures say of how many runs they are, and what was left out', () => {
  const figures = { count: 2, not_finite: 1, mean: 0.5, std: 0.25, min: 0.1, max: 0.9 }
  expect(figuresTitle(figures, 4).split('\n')).toEqual([
    'Mean 0.5', 'Standard deviation 0.25 (n − 1)', 'Minimum 0.1', 'Maximum 0.9', 'Of 2 of 4 runs', '1 run left out: NaN or infinite',
  ])
  expect(figuresTitle({ count: 0, not_finite: 1, mean: null, std: null, min: null, max: null }, 1)).toBe('Of 0 of 1 run\n1 run left out: NaN or infinite')
})

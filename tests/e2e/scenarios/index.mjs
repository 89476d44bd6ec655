// What a person does in the studio, and what must be seen then: one module for each page or feature.
export * from './charts.mjs'
export * from './compare.mjs'
export * from './filter.mjs'
export * from './job.mjs'
export * from './jobs.mjs'
export * from './outputs.mjs'
export * from './trash.mjs'
export * from './views.mjs'

// Steps or remarks, each with the article it rests on.
Component({
  properties: {
    /** of utils/calculator.js */
    lines: { type: Array, value: /** @type {any[]} */ ([]) },
  },
})

// The course of a case, from early to late.
Component({
  properties: {
    /** of utils/steps course */
    steps: { type: Array, value: [] },
  },
})

// Facts as label and value.
Component({
  properties: {
    /** label, value */
    rows: { type: Array, value: [] },
  },
})

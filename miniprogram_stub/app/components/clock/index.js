// A deadline: what is to be done, whose turn it is, how much time is left.
Component({
  properties: {
    /** of utils/case-view clockOf */
    clock: { type: Object, value: {} },
    /** one line, for lists */
    brief: Boolean,
  },
})

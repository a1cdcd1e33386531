/** A form with a field of every kind, as the parameters of an elicitation. */
export const PAINT = {
  mode: 'form',
  message: 'Which paint should be used for the <b>front</b>?',
  requestedSchema: {
    type: 'object',
    properties: {
      owner: { type: 'string', title: 'Owner', description: 'Whose house it is', minLength: 2 },
      mail: { type: 'string', title: 'E-mail', format: 'email' },
      layers: { type: 'integer', title: 'Layers', minimum: 1, maximum: 5, default: 2 },
      colour: {
        type: 'string',
        title: 'Colour',
        oneOf: [
          { const: 'r', title: 'Barn red' },
          { const: 'g', title: 'Sage green' },
        ],
        default: 'g',
      },
      start: { type: 'string', title: 'Start', format: 'date' },
      brand: { title: 'Brand', enum: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] },
      parts: { type: 'array', title: 'Parts', items: { enum: ['doors', 'windows', 'roof'] }, minItems: 1 },
      clean: { type: 'boolean', title: 'Clean it first', default: true },
    },
    required: ['owner', 'parts'],
  },
} as const;

/** A page to open, as the parameters of an elicitation. */
export const PAY = {
  mode: 'url',
  message: 'Pay the paint in the shop.',
  url: 'https://shop.example/pay?order=4711&return=https%3A%2F%2Fpainter.example%2Fdone',
  elicitationId: 'pay',
} as const;

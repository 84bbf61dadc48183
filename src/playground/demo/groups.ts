/** The groups of the demo company, by firm. */
export const demoGroups = { jw: 'oc_demo_jw', lb: 'oc_demo_lb', ft: 'oc_demo_ft' } as const;

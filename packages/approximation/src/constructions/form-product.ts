/** A product of linear forms, one CP component: coefficient of each input in each form. */
export type FormProduct = readonly (readonly number[])[];

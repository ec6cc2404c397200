/** An equation of the Feynman lectures: its formula, and each input with the range it is drawn from. */
export interface FeynmanEquation {
  readonly formula: string;
  readonly ranges: Readonly<Record<string, readonly [min: number, max: number]>>;
}

/** Inputs that have one range. */
function inputs(names: string, min: number, max: number): FeynmanEquation['ranges'] {
  return Object.fromEntries(names.split(' ').map((name) => [name, [min, max]]));
}

/** Equations by their number in the lectures, with the ranges of Udrescu and Tegmark (2020). */
export const feynmanEquations: Readonly<Record<string, () => FeynmanEquation>> = {
  'I.6.2a': () => ({ formula: 'exp(-theta^2/2)/sqrt(2*pi)', ranges: inputs('theta', 1, 3) }),
  'I.6.2': () => ({ formula: 'exp(-(theta/sigma)^2/2)/(sqrt(2*pi)*sigma)', ranges: inputs('sigma theta', 1, 3) }),
  'I.8.14': () => ({ formula: 'sqrt((x2 - x1)^2 + (y2 - y1)^2)', ranges: inputs('x1 x2 y1 y2', 1, 5) }),
  'I.9.18': () => ({
    formula: 'G*m1*m2/((x2 - x1)^2 + (y2 - y1)^2 + (z2 - z1)^2)',
    ranges: { ...inputs('m1 m2 G', 1, 2), x1: [3, 4], x2: [1, 2], y1: [3, 4], y2: [1, 2], z1: [3, 4], z2: [1, 2] },
  }),
  'I.10.7': () => ({ formula: 'm_0/sqrt(1 - v^2/c^2)', ranges: { m_0: [1, 5], v: [1, 2], c: [3, 10] } }),
  'I.11.19': () => ({ formula: 'x1*y1 + x2*y2 + x3*y3', ranges: inputs('x1 x2 x3 y1 y2 y3', 1, 5) }),
  'I.12.1': () => ({ formula: 'mu*Nn', ranges: inputs('mu Nn', 1, 5) }),
  'I.12.2': () => ({ formula: 'q1*q2*r/(4*pi*epsilon*r^3)', ranges: inputs('q1 q2 epsilon r', 1, 5) }),
  'I.12.11': () => ({ formula: 'q*(Ef + B*v*sin(theta))', ranges: inputs('q Ef B v theta', 1, 5) }),
  'I.13.4': () => ({ formula: '1/2*m*(v^2 + u^2 + w^2)', ranges: inputs('m v u w', 1, 5) }),
  'I.13.12': () => ({ formula: 'G*m1*m2*(1/r2 - 1/r1)', ranges: inputs('m1 m2 r1 r2 G', 1, 5) }),
  'I.14.3': () => ({ formula: 'm*g*z', ranges: inputs('m g z', 1, 5) }),
  'I.14.4': () => ({ formula: '1/2*k_spring*x^2', ranges: inputs('k_spring x', 1, 5) }),
  'I.15.3x': () => ({
    formula: '(x - u*t)/sqrt(1 - u^2/c^2)',
    ranges: { x: [5, 10], u: [1, 2], c: [3, 20], t: [1, 2] },
  }),
  'I.16.6': () => ({ formula: '(u + v)/(1 + u*v/c^2)', ranges: inputs('c v u', 1, 5) }),
  'I.18.4': () => ({ formula: '(m1*r1 + m2*r2)/(m1 + m2)', ranges: inputs('m1 m2 r1 r2', 1, 5) }),
  'I.24.6': () => ({
    formula: '1/2*m*(omega^2 + omega_0^2)*1/2*x^2',
    ranges: inputs('m omega omega_0 x', 1, 3),
  }),
  'I.26.2': () => ({ formula: 'asin(n*sin(theta2))', ranges: { n: [0, 1], theta2: [1, 5] } }),
  'I.27.6': () => ({ formula: '1/(1/d1 + n/d2)', ranges: inputs('d1 d2 n', 1, 5) }),
  'I.29.16': () => ({
    formula: 'sqrt(x1^2 + x2^2 - 2*x1*x2*cos(theta1 - theta2))',
    ranges: inputs('x1 x2 theta1 theta2', 1, 5),
  }),
  'I.30.3': () => ({
    formula: 'Int_0*sin(n*theta/2)^2/sin(theta/2)^2',
    ranges: inputs('Int_0 theta n', 1, 5),
  }),
  'I.34.14': () => ({
    formula: '(1 + v/c)/sqrt(1 - v^2/c^2)*omega_0',
    ranges: { c: [3, 10], v: [1, 2], omega_0: [1, 5] },
  }),
  'I.37.4': () => ({ formula: 'I1 + I2 + 2*sqrt(I1*I2)*cos(delta)', ranges: inputs('I1 I2 delta', 1, 5) }),
  'I.39.11': () => ({ formula: '1/(Gamma - 1)*pr*V', ranges: { Gamma: [2, 5], pr: [1, 5], V: [1, 5] } }),
  'I.40.1': () => ({ formula: 'n_0*exp(-m*g*x/(kb*T))', ranges: inputs('n_0 m x T g kb', 1, 5) }),
  'I.44.4': () => ({ formula: 'n*kb*T*log(V2/V1)', ranges: inputs('n kb T V1 V2', 1, 5) }),
  'I.47.23': () => ({ formula: 'sqrt(Gamma*pr/rho)', ranges: inputs('Gamma pr rho', 1, 5) }),
  'I.50.26': () => ({
    formula: 'x1*(cos(omega*t) + alpha*cos(omega*t)^2)',
    ranges: inputs('x1 omega t alpha', 1, 3),
  }),
  'II.6.15b': () => ({
    formula: 'p_d/(4*pi*epsilon)*3*cos(theta)*sin(theta)/r^3',
    ranges: inputs('epsilon p_d theta r', 1, 3),
  }),
  'II.11.27': () => ({
    formula: 'n*alpha/(1 - n*alpha/3)*epsilon*Ef',
    ranges: { n: [0, 1], alpha: [0, 1], epsilon: [1, 2], Ef: [1, 2] },
  }),
  'II.24.17': () => ({
    formula: 'sqrt(omega^2/c^2 - pi^2/d^2)',
    ranges: { omega: [4, 6], c: [1, 2], d: [2, 4] },
  }),
  'II.35.21': () => ({
    formula: 'n_rho*mom*tanh(mom*B/(kb*T))',
    ranges: inputs('n_rho mom B kb T', 1, 5),
  }),
  'III.4.33': () => ({
    formula: 'h/(2*pi)*omega/(exp(h/(2*pi)*omega/(kb*T)) - 1)',
    ranges: inputs('h omega kb T', 1, 5),
  }),
  'III.9.52': () => ({
    formula: 'p_d*Ef*t/(h/(2*pi))*sin((omega - omega_0)*t/2)^2/((omega - omega_0)*t/2)^2',
    ranges: { ...inputs('p_d Ef t h', 1, 3), ...inputs('omega omega_0', 1, 5) },
  }),
  'III.10.19': () => ({ formula: 'mom*sqrt(Bx^2 + By^2 + Bz^2)', ranges: inputs('mom Bx By Bz', 1, 5) }),
  'III.15.12': () => ({ formula: '2*U*(1 - cos(k*d))', ranges: inputs('U k d', 1, 5) }),
  'III.17.37': () => ({ formula: 'beta*(1 + alpha*cos(theta))', ranges: inputs('beta alpha theta', 1, 5) }),
};

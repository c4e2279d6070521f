/** What apps are about; made-up product names come beside them. */
export const topics =
  `sales forecast churn credit risk fraud claim customer revenue margin price demand supply
inventory warehouse shelf store delivery route fleet driver patient hospital admission bed staff roster shift energy
heating power grid turbine solar battery weather flood crop garden soil harvest machine sensor vibration pump line
quality defect inspection camera image vision text document contract invoice receipt email sentiment survey review
social campaign marketing lead segment basket recommendation search ranking language translation summary question
answer chat assistant model training feature drift monitoring explanation fairness bias privacy anomaly outlier
cluster graph network tower signal call ticket support incident security login policy insurance premium pension loan
mortgage portfolio trade market stock bond currency payment card bank branch account ledger audit tax budget cost
planning schedule project task team skill hiring salary learning course exam school student library museum ticketing
travel hotel flight airport train traffic parking accident road bridge building construction material steel chemistry
molecule protein genome trial pathology radiology dosage pharmacy vaccine epidemic mobility census housing rent`
    .split(/\s+/)
    .filter(Boolean)

export const glue =
  `a an and are at before by each every for from how in into it its of on or over per see shows so
that the their them to under up what when where which who why with without you your`.split(/\s+/)

export const kinds =
  `board report explorer monitor planner studio desk lab scorer finder helper profiler radar atlas
cockpit tracker advisor simulator dashboard workbench`.split(/\s+/)

const starts =
  `ba be bi bo bru ca ce cla co cri da de do dra e fa fe fi flo ga ge gra ha he i jo ka ke kli la le li lo
lu ma me mi mo na ne no o pa pe pla po qua ra re ri ro sa se si so sta ta te ti to tra u va ve vi vo wa xe ya ze zo`.split(
    /\s+/,
  )
const ends =
  `bran cor dal den dex fin gal gon kant lan lex lin lor mar mat mer mond nar net nix nor pal phar quil ran rex rion rix rond sal sen sol tar tex tis tor tris val van var vex vik von xis zan zen zor`.split(
    ' ',
  )

/** A name that no dictionary has, such as a product's; `n` picks it. */
export function coined(n: number): string {
  const start = starts[n % starts.length] ?? ''
  const middle = starts[Math.floor(n / starts.length) % starts.length] ?? ''
  const end = ends[Math.floor(n / starts.length / starts.length) % ends.length] ?? ''
  return start + middle + end
}

/** Which layer may import which: ui, rules, bundle → api → features → pages → app. */
const layer = (name, from, notTo) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: notTo },
})

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    layer('ui-knows-no-product', '^src/ui/', '^src/(api|features|pages|app|bundle|rules)/'),
    layer('rules-stand-alone', '^src/rules/', '^src/(?!rules/)|^platform/|^node_modules/'),
    layer('bundle-stands-alone', '^src/bundle/', '^src/(?!bundle/|rules/)|^platform/'),
    layer('bundle-runs-anywhere', '^src/bundle/', '^(node:|fs$|path$|react)'),
    layer('api-below-features', '^src/api/', '^src/(features|pages|app)/'),
    layer('features-below-pages', '^src/features/', '^src/(pages|app)/'),
    layer('pages-below-app', '^src/pages/', '^src/app/'),
    {
      name: 'features-are-apart',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'pages-are-apart',
      severity: 'error',
      from: { path: '^src/pages/([^/]+)/' },
      to: { path: '^src/pages/', pathNot: '^src/pages/$1/' },
    },
    layer(
      'platform-uses-little-of-src',
      '^platform/',
      '^src/(?!rules/|bundle/|api/generated/(types|zod)\\.gen\\.ts$)',
    ),
    {
      name: 'nothing-imports-platform',
      severity: 'error',
      from: { path: '^(src|mocks)/' },
      to: { path: '^platform/' },
    },
    {
      name: 'mocks-stay-out-of-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$|^src/main\\.tsx$' },
      to: { path: '^mocks/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|public)/' },
  },
}

import { describe, expect, test } from 'vitest'
import { fitsPython, isForeign, pythonOfRuntime, readWheelName } from './wheel-name.ts'

describe('the name of a wheel', () => {
  test('is read', () => {
    expect(
      readWheelName('h2o_wave-1.0.post1-2b-cp38.cp39-abi3.none-manylinux1_x86_64.whl'),
    ).toEqual({
      wheel: {
        name: 'h2o_wave',
        version: '1.0.post1',
        pythons: ['cp38', 'cp39'],
        abis: ['abi3', 'none'],
        platforms: ['manylinux1_x86_64'],
      },
      problem: null,
    })
  })

  test.each<[string, 'refused' | 'doubtful' | 'fine']>([
    ['demo-1.0-py3-none-any.whl', 'fine'],
    ['demo-1.0+cu113-py3-none-any.whl', 'fine'],
    ['demo.whl', 'refused'],
    ['demo-1.0.whl', 'refused'],
    ['demo-1.0-py3-none-any-more-parts.whl', 'refused'],
    ['demo-1.0-build-py3-none-any.whl', 'refused'],
    ['demo-1.0-py3--any.whl', 'refused'],
    ['demo-1.0-py3-none-any (1).whl', 'refused'],
    ['demo-1.0-py3-none-any.WHL', 'refused'],
    ['-1.0-py3-none-any.whl', 'refused'],
    ['de+mo-1.0-py3-none-any.whl', 'refused'],
    ['de__mo-1.0-py3-none-any.whl', 'doubtful'],
    ['demo-1.0_x-py3-none-any.whl', 'doubtful'],
    ['demo--py3-none-any.whl', 'doubtful'],
  ])('%s', (name, expected) => {
    const { wheel, problem } = readWheelName(name)
    expect(wheel === null ? 'refused' : problem === null ? 'fine' : 'doubtful').toBe(expected)
  })
})

test.each<[string | null, string | null]>([
  ['ub2004_cuda114_cudnn8_py38_datatable', '3.8'],
  ['pub_rel_py38_wave0.x', '3.8'],
  ['ub2204_py310', '3.10'],
  ['py3.11', '3.11'],
  ['ub2004-python39', '3.9'],
  ['deb_py27', '2.7'],
  ['happy38', null],
  ['pytorch_38', null],
  ['ub2004', null],
  ['', null],
  [null, null],
])('the Python of the runtime %s', (runtime, expected) => {
  const python = pythonOfRuntime(runtime)
  expect(python === null ? null : `${python.major}.${python.minor}`).toBe(expected)
})

// What pip's own list of tags has for CPython on Linux.
test.each<[string, number, boolean]>([
  ['py3-none', 8, true],
  ['py2.py3-none', 8, true],
  ['py2-none', 8, false],
  ['py38-none', 10, true],
  ['py310-none', 8, false],
  ['py3-cp38', 8, false],
  ['cp38-cp38', 8, true],
  ['cp38-cp38', 10, false],
  ['cp310-cp310', 8, false],
  ['cp38-none', 8, true],
  ['cp38-none', 10, false],
  ['cp37-cp37m', 7, true],
  ['cp38-abi3', 8, true],
  ['cp38-abi3', 12, true],
  ['cp310-abi3', 8, false],
  ['cp36-abi3.none', 12, true],
  ['cp38.cp39-cp39', 9, true],
  ['cp3-none', 8, false],
  ['cp313-cp313t', 13, false],
  ['pp38-pypy38_pp73', 8, false],
])('%s on Python 3.%i', (tags, minor, expected) => {
  const { wheel } = readWheelName(`demo-1.0-${tags}-any.whl`)
  expect(wheel !== null && fitsPython(wheel, { major: 3, minor })).toBe(expected)
})

test.each<[string, boolean]>([
  ['any', false],
  ['linux_x86_64', false],
  ['manylinux2014_aarch64.manylinux_2_17_aarch64', false],
  ['macosx_11_0_arm64', true],
  ['macosx_10_9_x86_64.macosx_11_0_arm64', true],
  ['macosx_10_9_x86_64.manylinux1_x86_64', false],
  ['win_amd64', true],
  ['win32', true],
])('a wheel for %s alone is of no use on Linux: %s', (platform, expected) => {
  const { wheel } = readWheelName(`demo-1.0-py3-none-${platform}.whl`)
  expect(wheel !== null && isForeign(wheel)).toBe(expected)
})

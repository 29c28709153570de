#pragma once

#include <array>

#include "models/hardware/device.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// The maturity of a software stack. Public histories count models, functions and kernels, which
/// measures breadth and never speed.
struct Maturity {
  /// Share of the operators of the model families in use that have a native kernel, in [0, 1].
  double breadth = 0.0;
  /// Speed of native kernels over what the stack reaches on this hardware when mature, in (0, 1].
  double speed = 1.0;
};

/// The effort on a stack in a month.
struct Effort {
  double engineers = 0.0;        ///< People at work on it, at its vendor and elsewhere.
  double installed_units = 0.0;  ///< Packages that run it: users find, report and mend.
};

/// How a stack matures. The *pace* 1 is that of `reference_engineers` beyond upkeep without an
/// installed base.
struct MaturityLaw {
  Sourced<double> breadth_start;  ///< In [0, 1].
  Sourced<double> speed_start;    ///< In (0, 1].
  /// Share of missing operators that are written per month at pace 1 where none is there; > 0.
  Sourced<double> breadth_written;
  /// Months in which a small breadth doubles at pace 1 by what is there already: operators share
  /// kernels, and models share operators; > 0.
  Sourced<double> breadth_doubling_months;
  Sourced<double> speed_half_months;    ///< From speed 0 to one half at pace 1; > 0.
  Sourced<double> reference_engineers;  ///< > 0.
  Sourced<double> engineer_elasticity;  ///< Of the pace to engineers, in (0, 1].
  Sourced<double> base_learning;        ///< Gain of pace per e-fold of the installed base; >= 0.
  Sourced<double> base_units;           ///< Installed base that begins to count; > 0.
  Sourced<double> upkeep_engineers;     ///< Who keep up with models and frameworks; > 0.
  Sourced<double> decay_per_month;      ///< Share lost without any upkeep, in [0, 1).
  Sourced<double> reset_share_breadth;  ///< Lost with a new chip generation, in [0, 1].
  Sourced<double> reset_share_speed;    ///< In [0, 1).
};

/// A stack at its start.
Maturity first_maturity(const MaturityLaw& law);

/// How fast a stack matures for this effort:
///
///   (engineers beyond upkeep / reference) ^ elasticity * (1 + learning ln(1 + units / base_units))
///
/// 0 without engineers beyond upkeep, however many use it. Never falls with either.
double pace(const MaturityLaw& law, const Effort& effort);

/// The stack one month later. With p written per month, q = ln 2 / doubling months, pace E and
/// speed gap g = 1 - speed, it follows exactly for the month
///
///   db/dt = E (p + q b) (1 - b)          first compounds, then saturates
///   dg/dt = -E g^2 / speed_half_months   keeps growing, ever slower: g falls like 1 / t
///
/// after both have lost decay_per_month times the share of upkeep that nobody does. So breadth
/// saturates first, speed goes on, and a stack that is left alone decays.
///
/// Never falls with engineers, installed base or what was there.
/// Source of the first: Bass, "A new product growth for model consumer durables", 1969, as a form.
/// Fitted to counts of listed models and functions only, for breadth; for speed there is one pair
/// of figures on fixed hardware (Pangu, 30 to 41 % of peak), so its prior is wide.
Maturity next_month(const Maturity& maturity, const MaturityLaw& law, const Effort& effort);

/// The maturity of a stack on a new generation of chips: a share of both is lost. The old
/// generation keeps its maturity, so the caller holds one Maturity for each.
Maturity on_new_generation(const Maturity& maturity, const MaturityLaw& law);

/// What a device is used for. Training touches more classes of operators than serving.
enum class WorkKind { Training, Prefill, Decode };
/// Their names, in that order.
inline constexpr std::array kWorkNames = {"training", "prefill", "decode"};
inline constexpr std::size_t kWorkKinds = 3;
inline constexpr std::size_t kDeviceKinds = 4;

/// The cost of missing native kernels.
struct FallbackCosts {
  /// Time of an operator without a native kernel over that of a mature one, by DeviceKind, >= 1: on
  /// Npu and Dsa a round trip to the host, on a Ppu the older path, on a Gpu a generic kernel.
  std::array<Sourced<double>, kDeviceKinds> slowdown;
  /// Exponents of breadth by WorkKind, > 0; Training has the greatest. Below 1, since what takes
  /// most of the time is written first.
  std::array<Sourced<double>, kWorkKinds> exponent;
  /// How much greater they are for a brand-new model, as a fraction; >= 0.
  Sourced<double> newness;
};

/// Share of the *time* (on a mature stack) of this kind of work that native kernels cover:
///
///   breadth ^ (exponent (1 + newness * model_newness))
///
/// In [0, 1]; grows with breadth; never more for training than for serving, nor for a newer model.
/// Requires: model_newness in [0, 1], 0 being a family that is long deployed and 1 research.
double covered_share(const Maturity& maturity, WorkKind work, double model_newness,
                     const FallbackCosts& costs);

/// Factor on the throughput of a mature stack, in (0, 1], by Amdahl's law with coverage c, speed s
/// and fallback slowdown f:
///
///   1 / ( c * min(1/s, f) + (1 - c) * f )
///
/// The least of both stands there because nobody ships a native kernel that is slower than the
/// fallback. Never falls with breadth or speed. Requires: as above.
double useful_factor(const Maturity& maturity, WorkKind work, double model_newness, DeviceKind kind,
                     const FallbackCosts& costs);

}  // namespace chokepoint

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sim/jobs/job_times.hpp"

namespace chokepoint {

/// A number and nothing else; finite.
std::optional<double> job_number(std::string_view text);

/// A time of a log of jobs, in milliseconds: a date, as read_time() has them, or a number in
/// `unit`. Nothing where it is neither.
std::optional<std::int64_t> job_moment(std::string_view text, const JobTimeUnit& unit);

/// How long something lasts, in milliseconds: a number in `unit`, or "D-HH:MM:SS", "HH:MM:SS",
/// "MM:SS". Nothing where it is neither, or longer than a thousand years.
std::optional<std::int64_t> job_duration(std::string_view text, const JobTimeUnit& unit);

/// The GPUs in a list of resources, "cpu=8,gres/gpu=2,mem=1G": those of the entry without a kind of
/// GPU where there is one, else all of them together; 0 where there are none.
int gpus_of_resources(std::string_view text);

/// Whether a cell says that it is not known: empty, "Unknown", "None", "N/A", "-1" and the like.
bool is_unknown(std::string_view text);

}  // namespace chokepoint

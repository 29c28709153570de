#include "tests/tools/page/replay/made_replay.hpp"

#include <unistd.h>

#include <stdexcept>

namespace chokepoint::made {

ReplayFolder::ReplayFolder(const std::vector<TableFile>& tables, const std::string& name) {
  std::string pattern =
      (std::filesystem::temp_directory_path() / "chokepoint-replay-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for a test");
  above_ = pattern;
  RunFolder folder(path());
  pb::RunRecord record;
  record.set_schema(kReplaySchema);
  record.set_scenario(name);
  record.set_question("How?");
  record.set_seed(3);
  record.set_program_version("0.1.0");
  folder.finish(tables, record, std::nullopt);
}

ReplayFolder::~ReplayFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(above_, ignored);
}

std::vector<TableFile> three_requests() {
  return {{"requests.csv",
           "request,arrival_s,prompt_tokens,output_tokens,class,outcome,replica,reader,queueing_s,"
           "ttft_s,tpot_ms,e2e_s,last_token_s,preemptions\n"
           "0,0,100,10,,delivered,a/0,a/0,0,1,100,2,2,0\n"
           "1,1,100,30,,delivered,a/0,a/0,1,2,50,4,5,0\n"
           "2,2,100,0,,refused,a/0,a/0,,,,,,0\n"},
          {"pools.csv", "pool,device,busy_pct,kv_used_pct\na,h20,80,20\n"},
          {"replay.csv", "figure,pod\ndevices,8\nttft_p99_s,2\n"}};
}

}  // namespace chokepoint::made

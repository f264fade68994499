"""Models on this machine, through vLLM: `vllm` runs one in this process, `vllm-server` starts or joins a server.

    model.py     the model's files: found, checked, told apart      options.py  what both teachers are given, checked
    sampling.py  a request's sampling in vLLM's words               machine.py  GPUs, vLLM's release, free ports
    engine.py    a thread that owns an engine and feeds it          trouble.py  why vLLM would not start, in a sentence
    core.py      vLLM's own engine, as that thread sees it          output.py   vLLM's output as a Response
    inside.py    the teacher `vllm`
    server.py    one server: started, watched, stopped              keeper.py   the process that outlives no run
    served.py    the teacher `vllm-server`

Nothing of it is imported unless a recipe says so, and vLLM and torch only inside `core.py`, when a model is started.
"""
